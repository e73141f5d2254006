// awaiting the import room

print("saual")

#pragma once
#include <sqlite3.h>

// sqlite3_db_config is variadic, which Swift cannot call. A study file may come from anywhere, so nothing that stands in
// its schema may run: no triggers, no views, no functions with side effects, no writing past SQL.
static inline int csqlite_distrust_schema(sqlite3 *database) {
    int ignored = 0, result = SQLITE_OK;
    const int off[] = {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
                       SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL};
    for (unsigned i = 0; i < sizeof off / sizeof *off; i++) {
        int code = sqlite3_db_config(database, off[i], 0, &ignored);
        if (code != SQLITE_OK) result = code;
    }
    int code = sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, &ignored);
    return code != SQLITE_OK ? code : result;
}

#pragma once
#define _XOPEN_SOURCE 700
#include <wchar.h>

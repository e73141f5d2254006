#pragma once
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlversion.h>
#include <libxml/globals.h>

// A macro in some versions, which Swift does not see.
static inline const char *cxml_version(void) { return xmlParserVersion; }

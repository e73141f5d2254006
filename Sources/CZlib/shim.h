#pragma once
#include <zlib.h>

// inflateInit and deflateInit are macros, which Swift does not see.
static inline int czlib_inflate_init(z_stream *stream) { return inflateInit(stream); }
static inline int czlib_deflate_init(z_stream *stream, int level) { return deflateInit(stream, level); }

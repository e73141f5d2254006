#pragma once
#include <stddef.h>
#include <stdint.h>
#if defined(__x86_64__)
#include <emmintrin.h>
#endif

// Marks in a 64-bit mask which of the 64 bytes at `p` equal `a` or `b`. Swift has no move-mask of its own.
static inline uint64_t bytescan_mask2(const uint8_t *p, uint8_t a, uint8_t b) {
#if defined(__x86_64__)
  uint64_t mask = 0;
  const __m128i va = _mm_set1_epi8((char)a), vb = _mm_set1_epi8((char)b);
  for (int i = 0; i < 4; i++) {
    const __m128i x = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    const __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(x, va), _mm_cmpeq_epi8(x, vb));
    mask |= (uint64_t)(uint16_t)_mm_movemask_epi8(hit) << (16 * i);
  }
  return mask;
#else
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(p[i] == a || p[i] == b) << i;
  return mask;
#endif
}

// The same for three bytes.
static inline uint64_t bytescan_mask3(const uint8_t *p, uint8_t a, uint8_t b, uint8_t c) {
#if defined(__x86_64__)
  uint64_t mask = 0;
  const __m128i va = _mm_set1_epi8((char)a), vb = _mm_set1_epi8((char)b), vc = _mm_set1_epi8((char)c);
  for (int i = 0; i < 4; i++) {
    const __m128i x = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    const __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, va), _mm_cmpeq_epi8(x, vb)), _mm_cmpeq_epi8(x, vc));
    mask |= (uint64_t)(uint16_t)_mm_movemask_epi8(hit) << (16 * i);
  }
  return mask;
#else
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(p[i] == a || p[i] == b || p[i] == c) << i;
  return mask;
#endif
}

// Counts the leading bytes of `p[0..<n]` that are ASCII and not NUL. Reads nothing beyond `n`.
static inline size_t bytescan_plain_run(const uint8_t *p, size_t n) {
  size_t i = 0;
#if defined(__x86_64__)
  const __m128i zero = _mm_setzero_si128();
  for (; i + 64 <= n; i += 64) {
    const __m128i a = _mm_loadu_si128((const __m128i *)(p + i)), b = _mm_loadu_si128((const __m128i *)(p + i + 16));
    const __m128i c = _mm_loadu_si128((const __m128i *)(p + i + 32)), d = _mm_loadu_si128((const __m128i *)(p + i + 48));
    // A set top bit means a byte above 0x7F; comparing with zero sets it for a NUL.
    const __m128i any = _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
    const __m128i nul = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(a, zero), _mm_cmpeq_epi8(b, zero)),
                                     _mm_or_si128(_mm_cmpeq_epi8(c, zero), _mm_cmpeq_epi8(d, zero)));
    if (_mm_movemask_epi8(_mm_or_si128(any, nul))) break;
  }
#endif
  while (i < n && p[i] != 0 && p[i] < 0x80) i++;
  return i;
}

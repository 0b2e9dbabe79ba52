/* image.h: what an image's first bytes tell: format and size, without decoding a pixel.
 *
 *     CvImageInfo info;
 *     if (cv_image_info(head, false, &info) && (uint64_t)info.width * info.height <= 4000000) ...
 *
 * PNG, GIF, JPEG, BMP, WebP, TIFF and ICO. What is read is bounded by the bytes given: a TIFF whose directory stands
 * behind them is none. */
#ifndef CV_STORAGE_IMAGE_H
#define CV_STORAGE_IMAGE_H

#include "base/slice.h"
#include "storage/file.h"

CV_API_BEGIN

enum { CV_IMAGE_HEAD = 262144 }; /* bytes that are enough for the head of an image */

typedef struct CvImageInfo {
    const char *format, *content_type; /* "PNG", "image/png" */
    uint32_t width, height;            /* of a GIF with its first frame, of an ICO's largest picture */
} CvImageInfo;

/* False if the bytes are no image, or are cut off before its pixels. `whole`: there are no more bytes; then the end of
 * a PNG and what WebP and ICO say of their length are checked as well. */
bool cv_image_info(CvSlice bytes, bool whole, CvImageInfo *out);
/* The same of a file's first CV_IMAGE_HEAD bytes; its position is at the start again. False with *error of kind
 * CV_ERROR_VALUE if it is no image. */
bool cv_image_of_file(CvFile *file, CvImageInfo *out, CvError *error);

CV_API_END

#endif

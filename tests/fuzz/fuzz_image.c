/* fuzz_image.c: any bytes as an image; what is one with nothing behind it is the same one with more to come. */
#include "base/base.h"
#include "storage/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvSlice bytes = cv_slice_of((const char *)data, size);
    CvImageInfo whole, part;

    if (!cv_image_info(bytes, true, &whole))
        return 0;
    if (!cv_image_info(bytes, false, &part) || strcmp(whole.format, part.format) != 0 || whole.width != part.width ||
        whole.height != part.height || !whole.width || !whole.height)
        abort();
    return 0;
}

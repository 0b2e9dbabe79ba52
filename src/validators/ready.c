/* ready.c: Django's ready-made validators, and running a list of them. */
#include "validators/validator.h"

/* What Pillow opens. */
static const char *const image_extensions[] = {
    "blp",  "bmp",  "dib", "bufr", "cur",  "pcx",  "dcx", "dds",  "ps",   "eps", "fit",  "fits", "fli",  "flc",
    "ftc",  "ftu",  "gbr", "gif",  "grib", "h5",   "hdf", "png",  "apng", "jp2", "j2k",  "jpc",  "jpf",  "jpx",
    "j2c",  "icns", "ico", "im",   "iim",  "jfif", "jpe", "jpg",  "jpeg", "mpg", "mpeg", "tif",  "tiff", "mpo",
    "msp",  "palm", "pcd", "pdf",  "pxr",  "pbm",  "pgm", "ppm",  "pnm",  "pfm", "psd",  "qoi",  "bw",   "rgb",
    "rgba", "sgi",  "ras", "tga",  "icb",  "vda",  "vst", "webp", "wmf",  "emf", "xbm",  "xpm",  NULL};

const CvValidator cv_validate_email = {.check = cv_check_email};
const CvValidator cv_validate_url = {.check = cv_check_url};
const CvValidator cv_validate_domain_name = {.check = cv_check_domain_name};
const CvValidator cv_validate_slug = {.check = cv_check_slug};
const CvValidator cv_validate_unicode_slug = {.check = cv_check_unicode_slug};
const CvValidator cv_validate_ipv4_address = {.check = cv_check_ipv4};
const CvValidator cv_validate_ipv6_address = {.check = cv_check_ipv6};
const CvValidator cv_validate_ipv46_address = {.check = cv_check_ipv46};
const CvValidator cv_validate_integer = {.check = cv_check_integer};
const CvValidator cv_validate_comma_separated_integer_list = {.check = cv_check_integer_list,
                                                              .message = "Enter only digits separated by commas."};
const CvValidator cv_validate_image_file_extension = {.check = cv_check_file_extension, .names = image_extensions};
const CvValidator cv_prohibit_null_characters = {.check = cv_check_null_characters};

bool cv_validate_all(const CvValidator *validators, CvArena *arena, CvValue value, CvInvalids *invalids)
{
    bool good = true;
    for (; validators && validators->check; validators++) {
        CvInvalid invalid = {0};
        if (!cv_validate(validators, arena, value, &invalid)) {
            cv_invalids_add(invalids, &invalid);
            good = false;
        }
    }
    return good;
}

/* signatures.h: a row for each parameter list that a view can have: X(number, letters, parameter types). Letters: i is
 * int64_t, s const char *, u CvUuid, v CvValue. This file is written by tools/gen/signatures.py. */
#ifndef CV_URLS_SIGNATURES_H
#define CV_URLS_SIGNATURES_H

/* clang-format off */

/* The number of the signature of a view function, or -1: a constant expression. */
#define CV_VIEW_SIGNATURE(view) \
    _Generic((view), \
        CvResponse *(*)(CvRequest *): 0, \
        CvResponse *(*)(CvRequest *, int64_t): 1, \
        CvResponse *(*)(CvRequest *, const char *): 2, \
        CvResponse *(*)(CvRequest *, CvUuid): 3, \
        CvResponse *(*)(CvRequest *, CvValue): 4, \
        CvResponse *(*)(CvRequest *, int64_t, int64_t): 5, \
        CvResponse *(*)(CvRequest *, int64_t, const char *): 6, \
        CvResponse *(*)(CvRequest *, int64_t, CvUuid): 7, \
        CvResponse *(*)(CvRequest *, int64_t, CvValue): 8, \
        CvResponse *(*)(CvRequest *, const char *, int64_t): 9, \
        CvResponse *(*)(CvRequest *, const char *, const char *): 10, \
        CvResponse *(*)(CvRequest *, const char *, CvUuid): 11, \
        CvResponse *(*)(CvRequest *, const char *, CvValue): 12, \
        CvResponse *(*)(CvRequest *, CvUuid, int64_t): 13, \
        CvResponse *(*)(CvRequest *, CvUuid, const char *): 14, \
        CvResponse *(*)(CvRequest *, CvUuid, CvUuid): 15, \
        CvResponse *(*)(CvRequest *, CvUuid, CvValue): 16, \
        CvResponse *(*)(CvRequest *, CvValue, int64_t): 17, \
        CvResponse *(*)(CvRequest *, CvValue, const char *): 18, \
        CvResponse *(*)(CvRequest *, CvValue, CvUuid): 19, \
        CvResponse *(*)(CvRequest *, CvValue, CvValue): 20, \
        CvResponse *(*)(CvRequest *, int64_t, int64_t, int64_t): 21, \
        CvResponse *(*)(CvRequest *, int64_t, int64_t, const char *): 22, \
        CvResponse *(*)(CvRequest *, int64_t, int64_t, CvUuid): 23, \
        CvResponse *(*)(CvRequest *, int64_t, int64_t, CvValue): 24, \
        CvResponse *(*)(CvRequest *, int64_t, const char *, int64_t): 25, \
        CvResponse *(*)(CvRequest *, int64_t, const char *, const char *): 26, \
        CvResponse *(*)(CvRequest *, int64_t, const char *, CvUuid): 27, \
        CvResponse *(*)(CvRequest *, int64_t, const char *, CvValue): 28, \
        CvResponse *(*)(CvRequest *, int64_t, CvUuid, int64_t): 29, \
        CvResponse *(*)(CvRequest *, int64_t, CvUuid, const char *): 30, \
        CvResponse *(*)(CvRequest *, int64_t, CvUuid, CvUuid): 31, \
        CvResponse *(*)(CvRequest *, int64_t, CvUuid, CvValue): 32, \
        CvResponse *(*)(CvRequest *, int64_t, CvValue, int64_t): 33, \
        CvResponse *(*)(CvRequest *, int64_t, CvValue, const char *): 34, \
        CvResponse *(*)(CvRequest *, int64_t, CvValue, CvUuid): 35, \
        CvResponse *(*)(CvRequest *, int64_t, CvValue, CvValue): 36, \
        CvResponse *(*)(CvRequest *, const char *, int64_t, int64_t): 37, \
        CvResponse *(*)(CvRequest *, const char *, int64_t, const char *): 38, \
        CvResponse *(*)(CvRequest *, const char *, int64_t, CvUuid): 39, \
        CvResponse *(*)(CvRequest *, const char *, int64_t, CvValue): 40, \
        CvResponse *(*)(CvRequest *, const char *, const char *, int64_t): 41, \
        CvResponse *(*)(CvRequest *, const char *, const char *, const char *): 42, \
        CvResponse *(*)(CvRequest *, const char *, const char *, CvUuid): 43, \
        CvResponse *(*)(CvRequest *, const char *, const char *, CvValue): 44, \
        CvResponse *(*)(CvRequest *, const char *, CvUuid, int64_t): 45, \
        CvResponse *(*)(CvRequest *, const char *, CvUuid, const char *): 46, \
        CvResponse *(*)(CvRequest *, const char *, CvUuid, CvUuid): 47, \
        CvResponse *(*)(CvRequest *, const char *, CvUuid, CvValue): 48, \
        CvResponse *(*)(CvRequest *, const char *, CvValue, int64_t): 49, \
        CvResponse *(*)(CvRequest *, const char *, CvValue, const char *): 50, \
        CvResponse *(*)(CvRequest *, const char *, CvValue, CvUuid): 51, \
        CvResponse *(*)(CvRequest *, const char *, CvValue, CvValue): 52, \
        CvResponse *(*)(CvRequest *, CvUuid, int64_t, int64_t): 53, \
        CvResponse *(*)(CvRequest *, CvUuid, int64_t, const char *): 54, \
        CvResponse *(*)(CvRequest *, CvUuid, int64_t, CvUuid): 55, \
        CvResponse *(*)(CvRequest *, CvUuid, int64_t, CvValue): 56, \
        CvResponse *(*)(CvRequest *, CvUuid, const char *, int64_t): 57, \
        CvResponse *(*)(CvRequest *, CvUuid, const char *, const char *): 58, \
        CvResponse *(*)(CvRequest *, CvUuid, const char *, CvUuid): 59, \
        CvResponse *(*)(CvRequest *, CvUuid, const char *, CvValue): 60, \
        CvResponse *(*)(CvRequest *, CvUuid, CvUuid, int64_t): 61, \
        CvResponse *(*)(CvRequest *, CvUuid, CvUuid, const char *): 62, \
        CvResponse *(*)(CvRequest *, CvUuid, CvUuid, CvUuid): 63, \
        CvResponse *(*)(CvRequest *, CvUuid, CvUuid, CvValue): 64, \
        CvResponse *(*)(CvRequest *, CvUuid, CvValue, int64_t): 65, \
        CvResponse *(*)(CvRequest *, CvUuid, CvValue, const char *): 66, \
        CvResponse *(*)(CvRequest *, CvUuid, CvValue, CvUuid): 67, \
        CvResponse *(*)(CvRequest *, CvUuid, CvValue, CvValue): 68, \
        CvResponse *(*)(CvRequest *, CvValue, int64_t, int64_t): 69, \
        CvResponse *(*)(CvRequest *, CvValue, int64_t, const char *): 70, \
        CvResponse *(*)(CvRequest *, CvValue, int64_t, CvUuid): 71, \
        CvResponse *(*)(CvRequest *, CvValue, int64_t, CvValue): 72, \
        CvResponse *(*)(CvRequest *, CvValue, const char *, int64_t): 73, \
        CvResponse *(*)(CvRequest *, CvValue, const char *, const char *): 74, \
        CvResponse *(*)(CvRequest *, CvValue, const char *, CvUuid): 75, \
        CvResponse *(*)(CvRequest *, CvValue, const char *, CvValue): 76, \
        CvResponse *(*)(CvRequest *, CvValue, CvUuid, int64_t): 77, \
        CvResponse *(*)(CvRequest *, CvValue, CvUuid, const char *): 78, \
        CvResponse *(*)(CvRequest *, CvValue, CvUuid, CvUuid): 79, \
        CvResponse *(*)(CvRequest *, CvValue, CvUuid, CvValue): 80, \
        CvResponse *(*)(CvRequest *, CvValue, CvValue, int64_t): 81, \
        CvResponse *(*)(CvRequest *, CvValue, CvValue, const char *): 82, \
        CvResponse *(*)(CvRequest *, CvValue, CvValue, CvUuid): 83, \
        CvResponse *(*)(CvRequest *, CvValue, CvValue, CvValue): 84, \
        default: -1)

#define CV_SIGNATURES_0(X) \
    X(0, "")
#define CV_SIGNATURES_1(X) \
    X(1, "i", int64_t, i) \
    X(2, "s", const char *, s) \
    X(3, "u", CvUuid, u) \
    X(4, "v", CvValue, v)
#define CV_SIGNATURES_2(X) \
    X(5, "ii", int64_t, i, int64_t, i) \
    X(6, "is", int64_t, i, const char *, s) \
    X(7, "iu", int64_t, i, CvUuid, u) \
    X(8, "iv", int64_t, i, CvValue, v) \
    X(9, "si", const char *, s, int64_t, i) \
    X(10, "ss", const char *, s, const char *, s) \
    X(11, "su", const char *, s, CvUuid, u) \
    X(12, "sv", const char *, s, CvValue, v) \
    X(13, "ui", CvUuid, u, int64_t, i) \
    X(14, "us", CvUuid, u, const char *, s) \
    X(15, "uu", CvUuid, u, CvUuid, u) \
    X(16, "uv", CvUuid, u, CvValue, v) \
    X(17, "vi", CvValue, v, int64_t, i) \
    X(18, "vs", CvValue, v, const char *, s) \
    X(19, "vu", CvValue, v, CvUuid, u) \
    X(20, "vv", CvValue, v, CvValue, v)
#define CV_SIGNATURES_3(X) \
    X(21, "iii", int64_t, i, int64_t, i, int64_t, i) \
    X(22, "iis", int64_t, i, int64_t, i, const char *, s) \
    X(23, "iiu", int64_t, i, int64_t, i, CvUuid, u) \
    X(24, "iiv", int64_t, i, int64_t, i, CvValue, v) \
    X(25, "isi", int64_t, i, const char *, s, int64_t, i) \
    X(26, "iss", int64_t, i, const char *, s, const char *, s) \
    X(27, "isu", int64_t, i, const char *, s, CvUuid, u) \
    X(28, "isv", int64_t, i, const char *, s, CvValue, v) \
    X(29, "iui", int64_t, i, CvUuid, u, int64_t, i) \
    X(30, "ius", int64_t, i, CvUuid, u, const char *, s) \
    X(31, "iuu", int64_t, i, CvUuid, u, CvUuid, u) \
    X(32, "iuv", int64_t, i, CvUuid, u, CvValue, v) \
    X(33, "ivi", int64_t, i, CvValue, v, int64_t, i) \
    X(34, "ivs", int64_t, i, CvValue, v, const char *, s) \
    X(35, "ivu", int64_t, i, CvValue, v, CvUuid, u) \
    X(36, "ivv", int64_t, i, CvValue, v, CvValue, v) \
    X(37, "sii", const char *, s, int64_t, i, int64_t, i) \
    X(38, "sis", const char *, s, int64_t, i, const char *, s) \
    X(39, "siu", const char *, s, int64_t, i, CvUuid, u) \
    X(40, "siv", const char *, s, int64_t, i, CvValue, v) \
    X(41, "ssi", const char *, s, const char *, s, int64_t, i) \
    X(42, "sss", const char *, s, const char *, s, const char *, s) \
    X(43, "ssu", const char *, s, const char *, s, CvUuid, u) \
    X(44, "ssv", const char *, s, const char *, s, CvValue, v) \
    X(45, "sui", const char *, s, CvUuid, u, int64_t, i) \
    X(46, "sus", const char *, s, CvUuid, u, const char *, s) \
    X(47, "suu", const char *, s, CvUuid, u, CvUuid, u) \
    X(48, "suv", const char *, s, CvUuid, u, CvValue, v) \
    X(49, "svi", const char *, s, CvValue, v, int64_t, i) \
    X(50, "svs", const char *, s, CvValue, v, const char *, s) \
    X(51, "svu", const char *, s, CvValue, v, CvUuid, u) \
    X(52, "svv", const char *, s, CvValue, v, CvValue, v) \
    X(53, "uii", CvUuid, u, int64_t, i, int64_t, i) \
    X(54, "uis", CvUuid, u, int64_t, i, const char *, s) \
    X(55, "uiu", CvUuid, u, int64_t, i, CvUuid, u) \
    X(56, "uiv", CvUuid, u, int64_t, i, CvValue, v) \
    X(57, "usi", CvUuid, u, const char *, s, int64_t, i) \
    X(58, "uss", CvUuid, u, const char *, s, const char *, s) \
    X(59, "usu", CvUuid, u, const char *, s, CvUuid, u) \
    X(60, "usv", CvUuid, u, const char *, s, CvValue, v) \
    X(61, "uui", CvUuid, u, CvUuid, u, int64_t, i) \
    X(62, "uus", CvUuid, u, CvUuid, u, const char *, s) \
    X(63, "uuu", CvUuid, u, CvUuid, u, CvUuid, u) \
    X(64, "uuv", CvUuid, u, CvUuid, u, CvValue, v) \
    X(65, "uvi", CvUuid, u, CvValue, v, int64_t, i) \
    X(66, "uvs", CvUuid, u, CvValue, v, const char *, s) \
    X(67, "uvu", CvUuid, u, CvValue, v, CvUuid, u) \
    X(68, "uvv", CvUuid, u, CvValue, v, CvValue, v) \
    X(69, "vii", CvValue, v, int64_t, i, int64_t, i) \
    X(70, "vis", CvValue, v, int64_t, i, const char *, s) \
    X(71, "viu", CvValue, v, int64_t, i, CvUuid, u) \
    X(72, "viv", CvValue, v, int64_t, i, CvValue, v) \
    X(73, "vsi", CvValue, v, const char *, s, int64_t, i) \
    X(74, "vss", CvValue, v, const char *, s, const char *, s) \
    X(75, "vsu", CvValue, v, const char *, s, CvUuid, u) \
    X(76, "vsv", CvValue, v, const char *, s, CvValue, v) \
    X(77, "vui", CvValue, v, CvUuid, u, int64_t, i) \
    X(78, "vus", CvValue, v, CvUuid, u, const char *, s) \
    X(79, "vuu", CvValue, v, CvUuid, u, CvUuid, u) \
    X(80, "vuv", CvValue, v, CvUuid, u, CvValue, v) \
    X(81, "vvi", CvValue, v, CvValue, v, int64_t, i) \
    X(82, "vvs", CvValue, v, CvValue, v, const char *, s) \
    X(83, "vvu", CvValue, v, CvValue, v, CvUuid, u) \
    X(84, "vvv", CvValue, v, CvValue, v, CvValue, v)

#endif

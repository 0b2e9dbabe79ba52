/* http.h: requests, responses and the parser of HTTP/1.1, without any I/O. */
#ifndef CV_HTTP_HTTP_H
#define CV_HTTP_HTTP_H

#include "http/cache_headers.h"
#include "http/charset.h"
#include "http/conditional.h"
#include "http/cookie.h"
#include "http/csp.h"
#include "http/date.h"
#include "http/headers.h"
#include "http/media_type.h"
#include "http/multipart.h"
#include "http/parser.h"
#include "http/querydict.h"
#include "http/request.h"
#include "http/response.h"
#include "http/status.h"

#endif

/* text.h: all of floor 1's `text`: UTF-8, HTML, URLs, JSON, dates, decimals, numbers, words,
 * patterns, translations. */
#ifndef CV_TEXT_TEXT_H
#define CV_TEXT_TEXT_H

#include "text/date.h"
#include "text/decimal.h"
#include "text/html.h"
#include "text/i18n.h"
#include "text/json.h"
#include "text/number.h"
#include "text/regex.h"
#include "text/url.h"
#include "text/utf8.h"
#include "text/words.h"

#endif

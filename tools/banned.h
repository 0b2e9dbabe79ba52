/* banned.h: libc calls that overflow, truncate in silence, lose errors or share state; using one does not compile.
 * The build includes it in front of every source file. */
#ifndef CV_TOOLS_BANNED_H
#define CV_TOOLS_BANNED_H

#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define CV_BANNED(name) sorry_##name##_is_a_banned_function

#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef stpcpy
#undef sprintf
#undef vsprintf
#undef gets
#undef strtok
#undef alloca
#undef atoi
#undef atol
#undef atoll
#undef atof
#undef gmtime
#undef localtime
#undef ctime
#undef asctime
#undef rand
#undef srand
#undef tmpnam
#undef mktemp
#define strcpy(...) CV_BANNED(strcpy)
#define strcat(...) CV_BANNED(strcat)
#define strncpy(...) CV_BANNED(strncpy)
#define strncat(...) CV_BANNED(strncat)
#define stpcpy(...) CV_BANNED(stpcpy)
#define sprintf(...) CV_BANNED(sprintf)
#define vsprintf(...) CV_BANNED(vsprintf)
#define gets(...) CV_BANNED(gets)
#define strtok(...) CV_BANNED(strtok)
#define alloca(...) CV_BANNED(alloca)
#define atoi(...) CV_BANNED(atoi)
#define atol(...) CV_BANNED(atol)
#define atoll(...) CV_BANNED(atoll)
#define atof(...) CV_BANNED(atof)
#define gmtime(...) CV_BANNED(gmtime)
#define localtime(...) CV_BANNED(localtime)
#define ctime(...) CV_BANNED(ctime)
#define asctime(...) CV_BANNED(asctime)
#define rand(...) CV_BANNED(rand)
#define srand(...) CV_BANNED(srand)
#define tmpnam(...) CV_BANNED(tmpnam)
#define mktemp(...) CV_BANNED(mktemp)

#endif

/* expect none */
#include "own_kind.h"
#define CV_KEY_TYPE_CodeField(...) const char *
#define CV_MODELS "own_kind_right.list.h"
#include "orm/models.h"
#define CV_MODELS "own_kind_right.list.h"
#define CV_MODELS_TABLE coin_models
#include "orm/models_define.h"
void use(void);
void use(void)
{
    Coin *coin = cv_create(Coin, .code = "a", .other = "b");
    coin->other = coin->code;
}

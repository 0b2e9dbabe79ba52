/* auth_migrations.c: the history of auth's tables under Django's names. */
#include "migrations/migrations.h"

#define CV_MIGRATIONS auth
#include "migrations/migrations_begin.h"

#include "bookstore/migrations/auth/0001_initial.def.h"
#include "bookstore/migrations/auth/0002_alter_permission_name_max_length.def.h"
#include "bookstore/migrations/auth/0003_alter_user_email_max_length.def.h"
#include "bookstore/migrations/auth/0004_alter_user_username_opts.def.h"
#include "bookstore/migrations/auth/0005_alter_user_last_login_null.def.h"
#include "bookstore/migrations/auth/0006_require_contenttypes_0002.def.h"
#include "bookstore/migrations/auth/0007_alter_validators_add_error_messages.def.h"
#include "bookstore/migrations/auth/0008_alter_user_username_max_length.def.h"
#include "bookstore/migrations/auth/0009_alter_user_last_name_max_length.def.h"
#include "bookstore/migrations/auth/0010_alter_group_name_max_length.def.h"
#include "bookstore/migrations/auth/0011_update_proxy_permissions.def.h"
#include "bookstore/migrations/auth/0012_alter_user_first_name_max_length.def.h"

#include "migrations/migrations_end.h"

/* checkout.c: buying in steps: basket, address, delivery, confirmation. A step is a page of its own, so the browser's back and
 * forward work. What was entered travels in one cookie, signed so that nobody else writes it, and is checked whole
 * before it becomes an order. */
#include "forms.h"
#include "views.h"

#define COOKIE "checkout"
enum { COOKIE_BYTES = 3800, MOST_LINES = 20, HOURS = 24 };

/* ---- what was entered so far ---- */

static CvSigner signer(void)
{
    return (CvSigner){.key = cv_settings()->secret_key, .fallback_keys = cv_settings()->secret_key_fallbacks,
                      .salt = "bookshop.checkout"};
}

/* {"token": ..., "lines": {slug: quantity}, "order": {field: text}}; empty where there is none or it was tampered with. */
static CvDict *load(CvRequest *request)
{
    CvSigner own = signer();
    CvValue value;
    CvError error;
    const char *cookie = cv_request_cookie(request, COOKIE);
    if (cookie && cv_unsign_value(&own, cv_arena(), cv_slice(cookie), CV_SIGN_TIMESTAMP, HOURS * 3600, &value, &error) &&
        value.kind == CV_DICT)
        return (CvDict *)(uintptr_t)value.dict;
    CvDict *state = cv_dict_create(cv_arena());
    cv_dict_set_name(state, "token", CV_VALUE(cv_random_string(cv_arena(), 24, NULL)));
    return state;
}

/* A part of the state that is a dict, made if it is not there. */
static CvDict *part(CvDict *state, const char *name)
{
    CvValue value;
    if (cv_dict_get_slice(state, cv_slice(name), &value) && value.kind == CV_DICT)
        return (CvDict *)(uintptr_t)value.dict;
    CvDict *made = cv_dict_create(cv_arena());
    cv_dict_set_name(state, name, CV_VALUE(made));
    return made;
}

/* The answer with the state in its cookie; false if there is more than a cookie holds. */
static bool keep(CvResponse *response, CvDict *state)
{
    CvSigner own = signer();
    CvSlice text = cv_sign_value(&own, cv_arena(), CV_VALUE(state), CV_SIGN_TIMESTAMP | CV_SIGN_COMPRESS);
    if (text.length > COOKIE_BYTES)
        return false;
    cv_response_set_cookie(response, COOKIE, cv_slice_string(cv_arena(), text),
                           &(CvCookieOptions){.max_age = HOURS * 3600, .path = "/", .httponly = true, .samesite = "Lax"});
    return true;
}

static CvResponse *keep_or_refuse(CvResponse *response, CvDict *state)
{
    if (!keep(response, state))
        cv_abort(400, "The basket cannot hold more. Order what is in it first.");
    return response;
}

/* ---- basket ---- */

/* The basket's lines as dicts of slug, quantity, book; books that are gone are left out. */
static CvList *basket_lines(CvDict *state)
{
    CvList *lines = cv_list_create(cv_arena());
    CvDict *basket = part(state, "lines");
    for (const CvDictEntry *entry = cv_dict_next(basket, NULL); entry; entry = cv_dict_next(basket, entry)) {
        CvSlice slug = cv_value_str(cv_arena(), entry->key);
        Book *book = cv_get_in(cv_select_related(cv_objects(Book), "author"), "slug", cv_slice_string(cv_arena(), slug));
        if (!book || entry->value.kind != CV_INT)
            continue;
        CvDict *line = cv_dict_create(cv_arena());
        cv_dict_set_name(line, "slug", CV_VALUE(book->slug));
        cv_dict_set_name(line, "quantity", entry->value);
        cv_dict_set_name(line, "book", CV_VALUE(book));
        cv_list_add(cv_arena(), lines, CV_VALUE(line));
    }
    return lines;
}

static CvDecimal total_of(const CvList *lines)
{
    CvDecimal total = cv_decimal(cv_arena(), "0");
    for (size_t i = 0; i < lines->count; i++) {
        CvValue book, quantity;
        cv_dict_get_slice(lines->items[i].dict, CV_SLICE("book"), &book);
        cv_dict_get_slice(lines->items[i].dict, CV_SLICE("quantity"), &quantity);
        CvDecimal price = ((const Book *)book.object)->price;
        total = cv_decimal_add(cv_arena(), total,
                               cv_decimal_multiply(cv_arena(), price, cv_decimal_from_int(cv_arena(), quantity.integer)));
    }
    return total;
}

CvResponse *basket_add(CvRequest *request, const char *slug)
{
    Book *book = cv_get_object_or_404(Book, "slug", slug);
    CvDict *state = load(request), *basket = part(state, "lines");
    CvValue quantity = CV_VALUE(0);

    if (request->method_id != CV_METHOD_POST)
        return cv_redirect(request, "book-detail", "slug", book->slug);
    cv_dict_get(basket, CV_VALUE(book->slug), &quantity);
    if (quantity.integer < 99 && (quantity.integer || cv_dict_count(basket) < MOST_LINES))
        cv_dict_set_name(basket, book->slug, CV_VALUE(quantity.integer + 1));
    return keep_or_refuse(cv_redirect(request, "checkout-basket"), state);
}

CvResponse *checkout_basket(CvRequest *request)
{
    CvDict *state = load(request);
    CvList *lines = basket_lines(state), *shown = cv_list_create(cv_arena());
    BasketFormSet *set = cv_bind_formset(BasketFormSet, request, .initial = lines);

    if (cv_formset_is_valid(&set->set)) {
        CvDict *basket = cv_dict_create(cv_arena());
        for (size_t i = 0; i < set->set.count; i++) {
            BasketLineForm *form = cv_form_at(set, i);
            if (form->slug && !cv_formset_is_deleted(&set->set, &form->form))
                cv_dict_set_name(basket, form->slug, CV_VALUE(form->quantity));
        }
        cv_dict_set_name(state, "lines", CV_VALUE(basket));
        bool on = cv_dict_count(basket) > 0 && !cv_post_param(request, "update");
        CvResponse *next = on ? cv_redirect(request, "checkout-address") : cv_redirect(request, "checkout-basket");
        return keep_or_refuse(next, state);
    }
    for (size_t i = 0; i < set->set.count && i < lines->count; i++) {
        CvValue book;
        cv_dict_get_slice(lines->items[i].dict, CV_SLICE("book"), &book);
        cv_list_add(cv_arena(), shown, CV_VALUE(cv_list(cv_arena(), book, cv_value_object(set->set.forms[i]))));
    }
    return cv_render(request, "bookshop/checkout_basket.html", "formset", set, "lines", shown, "total", total_of(lines));
}

/* ---- address and delivery ---- */

/* Takes the fields that were entered into the state, and goes on. */
static CvResponse *take(CvRequest *request, CvDict *state, CvForm *form, const char *next)
{
    CvDict *order = part(state, "order");
    for (size_t i = 0; i < form->count; i++)
        cv_dict_set_name(order, form->fields[i].field->name, cv_cleaned(form, form->fields[i].field->name));
    CvResponse *response = cv_redirect(request, next);
    if (keep(response, state))
        return response;
    cv_form_add_error(form, NULL, "This is more than we can keep for you. Please write less.");
    return NULL;
}

static bool has_lines(CvDict *state)
{
    return basket_lines(state)->count > 0;
}

CvResponse *checkout_address(CvRequest *request)
{
    CvDict *state = load(request);
    AddressForm *form = cv_bind(AddressForm, request, .initial = part(state, "order"));
    CvResponse *next = NULL;

    if (!has_lines(state))
        return cv_redirect(request, "checkout-basket");
    if (cv_is_valid(form) && (next = take(request, state, &form->form, cv_url("checkout-delivery"))) != NULL)
        return next;
    return cv_render(request, "bookshop/checkout_step.html", "form", form, "step", 2, "heading", "Where shall it go?",
                     "back", cv_url("checkout-basket"), "button", "On to the delivery");
}

/* Whether the address was entered: the fields of a step that was passed are all there. */
static bool has_address(CvDict *state)
{
    CvValue value;
    return cv_dict_get_slice(part(state, "order"), CV_SLICE("city"), &value);
}

CvResponse *checkout_delivery(CvRequest *request)
{
    CvDict *state = load(request);
    DeliveryForm *form = cv_bind(DeliveryForm, request, .initial = part(state, "order"));
    CvResponse *next = NULL;

    if (!has_lines(state))
        return cv_redirect(request, "checkout-basket");
    if (!has_address(state))
        return cv_redirect(request, "checkout-address");
    if (cv_is_valid(form) && (next = take(request, state, &form->form, cv_url("checkout-confirm"))) != NULL)
        return next;
    return cv_render(request, "bookshop/checkout_step.html", "form", form, "step", 3, "heading", "How shall it come?",
                     "back", cv_url("checkout-address"), "button", "On to the last look");
}

/* ---- confirmation ---- */

/* The whole order as one form, checked again: the state is ours, but books and rules may have changed since. */
static OrderForm *whole_order(CvRequest *request, CvDict *state)
{
    CvQueryDict *data = cv_querydict_create(cv_arena());
    CvDict *order = part(state, "order");
    for (const CvDictEntry *entry = cv_dict_next(order, NULL); entry; entry = cv_dict_next(order, entry))
        cv_querydict_add(data, cv_value_str(cv_arena(), entry->key), cv_value_str(cv_arena(), entry->value));
    return (OrderForm *)cv_form_create(
        &OrderForm_type, &(CvFormInput){.arena = cv_arena(), .request = request, .data = data}, NULL);
}

/* Once: a second click, or an old page that is sent again, makes no second order. */
static void save(Order *order, const CvList *lines)
{
    CV_ATOMIC {
        bool there = cv_exists(cv_filter(cv_objects(Order), "token", order->token));
        if (!there)
            cv_save(order);
        for (size_t i = 0; i < lines->count && !there; i++) {
            CvValue book, quantity;
            cv_dict_get_slice(lines->items[i].dict, CV_SLICE("book"), &book);
            cv_dict_get_slice(lines->items[i].dict, CV_SLICE("quantity"), &quantity);
            cv_create(OrderLine, .order = cv_ref(order), .book = cv_ref((Book *)(uintptr_t)book.object),
                      .quantity = quantity.integer);
        }
    }
}

CvResponse *checkout_confirm(CvRequest *request)
{
    CvDict *state = load(request);
    CvList *lines = basket_lines(state);
    OrderForm *form = whole_order(request, state);
    CvValue token = {0};

    cv_dict_get_slice(state, CV_SLICE("token"), &token);
    if (!lines->count)
        return cv_redirect(request, "checkout-basket");
    if (!cv_is_valid(form))
        return has_address(state) ? cv_redirect(request, "checkout-delivery") : cv_redirect(request, "checkout-address");
    if (request->method_id == CV_METHOD_POST) {
        Order *order = form->instance;
        order->token = cv_slice_string(cv_arena(), cv_value_str(cv_arena(), token));
        save(order, lines);
        CvResponse *response = cv_redirect(request, "order-detail", "token", order->token);
        cv_response_delete_cookie(response, COOKIE, &(CvCookieOptions){.path = "/", .samesite = "Lax"});
        return response;
    }
    return cv_render(request, "bookshop/checkout_confirm.html", "order", form->instance, "lines", lines, "total", total_of(lines));
}

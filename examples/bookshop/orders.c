/* orders.c: an order with its lines on one page. Whoever knows an order's token may see and change it. */
#include "forms.h"
#include "views.h"

static CvResponse *edit(CvRequest *request, Order *order)
{
    OrderForm *form = cv_bind(OrderForm, request, .instance = order);
    LineFormSet *lines = cv_bind_formset(LineFormSet, request, .instance = form->instance);
    bool good = cv_is_valid(form);

    if (cv_formset_is_valid(&lines->set) && good) {
        CV_ATOMIC {
            cv_save_form(form);
            cv_save_formset(lines);
        }
        return cv_redirect(request, "order-detail", "token", form->instance->token);
    }
    return cv_render(request, "bookshop/order_form.html", "form", form, "lines", lines, "order", order);
}

CvResponse *order_new(CvRequest *request)
{
    return edit(request, NULL);
}

CvResponse *order_edit(CvRequest *request, const char *token)
{
    return edit(request, cv_get_object_or_404(Order, "token", token));
}

CvResponse *order_detail(CvRequest *request, const char *token)
{
    Order *order = cv_get_object_or_404(Order, "token", token);
    OrderLine_set *lines = cv_select_related(cv_related(order, lines), "book", "book__author");
    CvDecimal total = cv_decimal(cv_arena(), "0");

    CV_EACH (line, lines)
        total = cv_decimal_add(cv_arena(), total, cv_decimal_multiply(cv_arena(), line->price, cv_decimal_from_int(cv_arena(), line->quantity)));
    return cv_render(request, "bookshop/order_detail.html", "order", order, "lines", lines, "total", total);
}

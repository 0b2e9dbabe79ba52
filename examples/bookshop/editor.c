/* editor.c: adding and changing books. Only in a demonstration, as long as the shop knows no logins. */
#include "forms.h"
#include "views.h"

bool may_edit(void)
{
    const char *said = getenv("BOOKSHOP_EDITOR");
    return said ? strcmp(said, "1") == 0 : cv_settings()->debug;
}

/* `book` NULL: a new one. `title` is kept aside, because checking the form changes the book. */
static CvResponse *edit(CvRequest *request, Book *book)
{
    const char *title = book ? book->title : NULL, *slug = book ? book->slug : NULL;
    const CvDict *today = book ? NULL : cv_initial("added", cv_datetime_clock(cv_now(), cv_current_zone()).date);
    BookForm *form = cv_bind(BookForm, request, .instance = book, .initial = today);

    if (cv_is_valid(form)) {
        CV_ATOMIC {
            cv_save_form(form);
        }
        cv_message(request, CV_SUCCESS, "%s is on the shelf.", form->instance->title);
        return cv_redirect(request, "book-detail", "slug", form->instance->slug);
    }
    return cv_render(request, "bookshop/book_form.html", "form", form, "title", title, "slug", slug);
}

CvResponse *book_add(CvRequest *request)
{
    if (!may_edit())
        cv_abort(404, "The editor is shut: it is for demonstrations (DEBUG=1 or BOOKSHOP_EDITOR=1).");
    return edit(request, NULL);
}

CvResponse *book_edit(CvRequest *request, const char *slug)
{
    if (!may_edit())
        cv_abort(404, "The editor is shut: it is for demonstrations (DEBUG=1 or BOOKSHOP_EDITOR=1).");
    return edit(request, cv_get_object_or_404(Book, "slug", slug));
}

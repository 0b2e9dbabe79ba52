/* widget_kinds.c: widgets without options, and by Django's class names. */
#include "forms/widget_private.h"

const CvWidget cv_input_widget = {.kind = &cv_input_kind};
const CvWidget cv_text_input_widget = {.kind = &cv_text_input_kind};
const CvWidget cv_number_input_widget = {.kind = &cv_number_input_kind};
const CvWidget cv_email_input_widget = {.kind = &cv_email_input_kind};
const CvWidget cv_url_input_widget = {.kind = &cv_url_input_kind};
const CvWidget cv_color_input_widget = {.kind = &cv_color_input_kind};
const CvWidget cv_search_input_widget = {.kind = &cv_search_input_kind};
const CvWidget cv_tel_input_widget = {.kind = &cv_tel_input_kind};
const CvWidget cv_password_input_widget = {.kind = &cv_password_input_kind};
const CvWidget cv_hidden_input_widget = {.kind = &cv_hidden_input_kind};
const CvWidget cv_multiple_hidden_input_widget = {.kind = &cv_multiple_hidden_input_kind};
const CvWidget cv_file_input_widget = {.kind = &cv_file_input_kind};
const CvWidget cv_clearable_file_input_widget = {.kind = &cv_clearable_file_input_kind};
const CvWidget cv_textarea_widget = {.kind = &cv_textarea_kind};
const CvWidget cv_date_input_widget = {.kind = &cv_date_input_kind};
const CvWidget cv_datetime_input_widget = {.kind = &cv_datetime_input_kind};
const CvWidget cv_time_input_widget = {.kind = &cv_time_input_kind};
const CvWidget cv_checkbox_input_widget = {.kind = &cv_checkbox_input_kind};
const CvWidget cv_select_widget = {.kind = &cv_select_kind};
const CvWidget cv_null_boolean_select_widget = {.kind = &cv_null_boolean_select_kind};
const CvWidget cv_select_multiple_widget = {.kind = &cv_select_multiple_kind};
const CvWidget cv_radio_select_widget = {.kind = &cv_radio_select_kind};
const CvWidget cv_checkbox_select_multiple_widget = {.kind = &cv_checkbox_select_multiple_kind};
const CvWidget cv_multi_widget_widget = {.kind = &cv_multi_widget_kind};
const CvWidget cv_split_datetime_widget = {.kind = &cv_split_datetime_kind};
const CvWidget cv_split_hidden_datetime_widget = {.kind = &cv_split_hidden_datetime_kind};
const CvWidget cv_select_date_widget = {.kind = &cv_select_date_kind};

const CvWidgetKind *cv_widget_kind(CvSlice class_name)
{
    static const CvWidgetKind *const kinds[] = {&cv_input_kind,
                                                &cv_text_input_kind,
                                                &cv_number_input_kind,
                                                &cv_email_input_kind,
                                                &cv_url_input_kind,
                                                &cv_color_input_kind,
                                                &cv_search_input_kind,
                                                &cv_tel_input_kind,
                                                &cv_password_input_kind,
                                                &cv_hidden_input_kind,
                                                &cv_multiple_hidden_input_kind,
                                                &cv_file_input_kind,
                                                &cv_clearable_file_input_kind,
                                                &cv_textarea_kind,
                                                &cv_date_input_kind,
                                                &cv_datetime_input_kind,
                                                &cv_time_input_kind,
                                                &cv_checkbox_input_kind,
                                                &cv_select_kind,
                                                &cv_null_boolean_select_kind,
                                                &cv_select_multiple_kind,
                                                &cv_radio_select_kind,
                                                &cv_checkbox_select_multiple_kind,
                                                &cv_multi_widget_kind,
                                                &cv_split_datetime_kind,
                                                &cv_split_hidden_datetime_kind,
                                                &cv_select_date_kind};
    for (size_t i = 0; i < CV_COUNT_OF(kinds); i++)
        if (cv_slice_is(class_name, kinds[i]->name))
            return kinds[i];
    return NULL;
}

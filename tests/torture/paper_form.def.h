/* paper_form.def.h: the form of torture_form.c. */
MODEL_FORM(PaperForm, Paper, .fields = CV_ALL_FIELDS)
END

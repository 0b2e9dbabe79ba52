/* paper.def.h: the model of torture_form.c. */
MODEL(Paper)
    CharField        (title, .max_length = 20, .unique = true)
    FileField        (scan,  .upload_to = "scans")
END

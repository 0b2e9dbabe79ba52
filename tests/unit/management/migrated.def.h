/* migrated.def.h: the models of today; test_migrations.c gives them several pasts. */
MODEL(Author)
    CharField    (name,  .max_length = 50)
END

MODEL(Book)
    CharField    (title, .max_length = 50)
    IntegerField (pages)
END

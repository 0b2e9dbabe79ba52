/* words.def.h: one operation of each kind, for test_words.c. */
MIGRATION(0001_initial)
CreateModel             (Book)
END
CreateProxyModel        (Cheap, Book)
END
DeleteModel             (Book)
RenameModel             (Book, Volume)
AlterModelTable         (Book, "books")
AlterModelTable         (Book, NULL)
AlterModelTableComment  (Book, "x")
AlterModelOptions       (Book)
AlterUniqueTogether     (Book, UniqueTogether("a", "b") UniqueTogether("c", "d"))
AlterUniqueTogether     (Book)
AlterOrderWithRespectTo (Book, a)
AlterOrderWithRespectTo (Book, )
AddField                (Book, CharField(Isbn, .max_length = 3))
AlterField              (Book, CharField(Isbn, .max_length = 3))
RemoveField             (Book, Isbn)
RenameField             (Book, Isbn, Code)
AddIndex                (Book, Index(.fields = CV_LIST("a", "-b"), .name = "Book_AB"))
AddIndex                (Book, Index(.expressions = CV_LIST("Lower('a')", "b"), .name = "low"))
RemoveIndex             (Book, "Book_AB")
RenameIndex             (Book, "Book_AB", "New_X")
RenameUnnamedIndex      (Book, CV_LIST("a", "b"), "New_X")
RenameUnnamedIndex      (Book, CV_LIST("a"), "New_X")
AddConstraint           (Book, CheckConstraint(.name = "Is_One", .condition = "Q(a=1)"))
AlterConstraint         (Book, CheckConstraint(.name = "Is_One", .condition = "Q(a=1)"))
RemoveConstraint        (Book, "Is_One")
RunSQL                  ("x")
RunC                    (cv_run_nothing)
StateOperations
END
DatabaseOperations
END

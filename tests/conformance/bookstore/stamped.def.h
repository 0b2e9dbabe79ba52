/* stamped.def.h: the abstract base of what is written at a moment. */
    DateTimeField             (created_at)
    DateTimeField             (updated_at, .auto_now = true)

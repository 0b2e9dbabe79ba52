/* embed.h: `caravan embed`: folders of templates and static files as C tables for CvApp. */
#ifndef CARAVAN_EMBED_H
#define CARAVAN_EMBED_H

/* The arguments behind "embed". Exit status: 0, 1 (something cannot be read), 2 (wrong usage). */
int embed_command(int argc, char **argv);

#endif

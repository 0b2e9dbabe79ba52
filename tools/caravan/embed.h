/* embed.h: `caravan embed`: a folder of templates as a C table for CvEngineOptions.files. */
#ifndef CARAVAN_EMBED_H
#define CARAVAN_EMBED_H

/* The arguments behind "embed". Exit status: 0, 1 (something cannot be read), 2 (wrong usage). */
int embed_command(int argc, char **argv);

#endif

/* startproject.h: `caravan startproject NAME [DIR]`: writes a site of a few small files that builds and runs. */
#ifndef CARAVAN_STARTPROJECT_H
#define CARAVAN_STARTPROJECT_H

/* The arguments behind "startproject". Exit status: 0, 1 (could not write, something is there already), 2 (wrong
 * usage). */
int startproject(int argc, char **argv);

#endif

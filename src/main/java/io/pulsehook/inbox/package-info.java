/**
 * The inbox, which stores events. The rest of the program uses the classes of this
 * package; the packages below write and read the database.
 */
@NullMarked
package io.pulsehook.inbox;

import org.jspecify.annotations.NullMarked;

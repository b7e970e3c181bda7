/**
 * Keeps events. The rest of the program meets the inbox here; the packages below write
 * and read the database.
 */
@NullMarked
package io.pulsehook.inbox;

import org.jspecify.annotations.NullMarked;

/**
 * What the spool keeps while the database is away: how much waits there, and what could
 * not be stored.
 */
@NullMarked
package io.pulsehook.console.spool;

import org.jspecify.annotations.NullMarked;

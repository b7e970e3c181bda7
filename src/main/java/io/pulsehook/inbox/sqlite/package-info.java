/**
 * The inbox in one file that one process owns.
 */
@NullMarked
package io.pulsehook.inbox.sqlite;

import org.jspecify.annotations.NullMarked;

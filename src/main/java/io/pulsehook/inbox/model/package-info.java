/**
 * The values that the packages of the inbox pass to each other and to the rest of the
 * program.
 */
@NullMarked
package io.pulsehook.inbox.model;

import org.jspecify.annotations.NullMarked;

/**
 * What the rooms of the inbox pass to each other and to the rest of the house.
 */
@NullMarked
package io.pulsehook.inbox.model;

import org.jspecify.annotations.NullMarked;

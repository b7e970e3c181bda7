/**
 * Lets a handler rest while it, or what it needs, does not work: what asks for a pause,
 * how many failures in a row are too many, and the state that follows.
 */
@NullMarked
package io.pulsehook.dispatch.rest;

import org.jspecify.annotations.NullMarked;

/**
 * The handler beans of the application: what each receives and how it is run.
 */
@NullMarked
package io.pulsehook.dispatch.handler;

import org.jspecify.annotations.NullMarked;

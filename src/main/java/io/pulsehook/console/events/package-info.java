/**
 * The pages on which an operator finds events and looks at one of them.
 */
@NullMarked
package io.pulsehook.console.events;

import org.jspecify.annotations.NullMarked;

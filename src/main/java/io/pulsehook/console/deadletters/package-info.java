/**
 * Dead letters as work: their groups, what they have cost whom, and running them again.
 */
@NullMarked
package io.pulsehook.console.deadletters;

import org.jspecify.annotations.NullMarked;

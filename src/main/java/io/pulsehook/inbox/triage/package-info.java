/**
 * What people decided about groups of dead letters.
 */
@NullMarked
package io.pulsehook.inbox.triage;

import org.jspecify.annotations.NullMarked;

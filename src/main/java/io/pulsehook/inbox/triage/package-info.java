/**
 * Dead letters, and what people decided about groups of them.
 */
@NullMarked
package io.pulsehook.inbox.triage;

import org.jspecify.annotations.NullMarked;

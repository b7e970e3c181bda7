/**
 * Brings the events of a deployed service to one on a developer's desk.
 */
@NullMarked
package io.pulsehook.app.listen;

import org.jspecify.annotations.NullMarked;

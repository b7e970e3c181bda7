/**
 * The HTTP edge: knows a source by its token, reads the body under limits, and answers
 * only when the inbox has it on disk.
 */
@NullMarked
package io.pulsehook.receive;

import org.jspecify.annotations.NullMarked;

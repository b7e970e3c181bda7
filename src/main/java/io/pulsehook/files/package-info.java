/**
 * Files that only their owner can read.
 */
@NullMarked
package io.pulsehook.files;

import org.jspecify.annotations.NullMarked;

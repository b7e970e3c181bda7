/**
 * The page that shows at a glance what arrived, what waits, and what was paid.
 */
@NullMarked
package io.pulsehook.console.overview;

import org.jspecify.annotations.NullMarked;

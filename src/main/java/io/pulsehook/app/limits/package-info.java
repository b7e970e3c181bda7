/**
 * What keeps a crowd of strangers from taking the service's memory, threads and
 * connections. Limits follow the heap.
 */
@NullMarked
package io.pulsehook.app.limits;

import org.jspecify.annotations.NullMarked;

@NullMarked
package com.example.answers;

import org.jspecify.annotations.NullMarked;

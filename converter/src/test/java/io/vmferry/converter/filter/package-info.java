@NullMarked
package io.vmferry.converter.filter;

import org.jspecify.annotations.NullMarked;

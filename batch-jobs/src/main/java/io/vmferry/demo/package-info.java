/** What {@code vmferry demo} migrates: a sample appliance with real file systems, made with nothing but the JDK. */
@NullMarked
package io.vmferry.demo;

import org.jspecify.annotations.NullMarked;

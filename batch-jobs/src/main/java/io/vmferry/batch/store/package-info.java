/** What a migration remembers: runs, tasks, disks and answers, in H2 or PostgreSQL. Shared by jobs, status and reports. */
@NullMarked
package io.vmferry.batch.store;

import org.jspecify.annotations.NullMarked;

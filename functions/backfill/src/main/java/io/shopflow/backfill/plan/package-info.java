/** Days cut into windows. The entry point is {@link io.shopflow.backfill.plan.PlanWindows}. */
package io.shopflow.backfill.plan;

package io.shopflow.dashboard.sales;

/**
 * Customers by the days since their last order, regardless of the chosen range and category.
 *
 * @param customers all with a sale
 * @param atRisk those who have not ordered for {@code riskDays} to {@code churnDays} days
 * @param churned those who have not ordered for longer
 */
public record Churn(long customers, long atRisk, long churned, int riskDays, int churnDays) {}

-- The words of a customer are written beside the row (customer-writer.ts): within a trigger the word list goes to its pages
-- after each single row, which took four times as long as all the rest of an import.
DROP TRIGGER search_customer_written;

-- What projects hold of a budget line never exceeds what is approved (G-01), also not by a
-- statement that bypasses the use cases.
CREATE TRIGGER project_allocation_budget AFTER INSERT ON project_allocation
WHEN (SELECT COALESCE(SUM(a.amount_fen), 0) FROM project_allocation a JOIN project p ON p.id = a.project_id
      WHERE a.line_id = NEW.line_id AND p.status <> 'terminated') > (SELECT approved_fen FROM budget_line WHERE id = NEW.line_id)
BEGIN SELECT RAISE(ABORT, 'budget_exceeded'); END;
CREATE TRIGGER project_allocation_budget_change AFTER UPDATE ON project_allocation
WHEN (SELECT COALESCE(SUM(a.amount_fen), 0) FROM project_allocation a JOIN project p ON p.id = a.project_id
      WHERE a.line_id = NEW.line_id AND p.status <> 'terminated') > (SELECT approved_fen FROM budget_line WHERE id = NEW.line_id)
BEGIN SELECT RAISE(ABORT, 'budget_exceeded'); END;
CREATE TRIGGER budget_line_budget AFTER UPDATE ON budget_line
WHEN (SELECT COALESCE(SUM(a.amount_fen), 0) FROM project_allocation a JOIN project p ON p.id = a.project_id
      WHERE a.line_id = NEW.id AND p.status <> 'terminated') > NEW.approved_fen
BEGIN SELECT RAISE(ABORT, 'budget_exceeded'); END;

-- What projects hold of a budget line never exceeds what is approved (G-01), also not by a
-- statement that bypasses the use cases.
CREATE FUNCTION check_budget_line(line TEXT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT COALESCE(SUM(a.amount_fen), 0) FROM project_allocation a JOIN project p ON p.id = a.project_id
      WHERE a.line_id = line AND p.status <> 'terminated') > (SELECT approved_fen FROM budget_line WHERE id = line) THEN
    RAISE EXCEPTION 'budget_exceeded: %', line USING ERRCODE = 'check_violation';
  END IF;
END $$;
CREATE FUNCTION allocation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM check_budget_line(NEW.line_id); RETURN NULL; END $$;
CREATE TRIGGER project_allocation_budget AFTER INSERT OR UPDATE ON project_allocation
  FOR EACH ROW EXECUTE FUNCTION allocation_guard();
CREATE FUNCTION budget_line_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM check_budget_line(NEW.id); RETURN NULL; END $$;
CREATE TRIGGER budget_line_budget AFTER UPDATE ON budget_line
  FOR EACH ROW EXECUTE FUNCTION budget_line_guard();

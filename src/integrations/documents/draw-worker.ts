import { answerJobs } from '../answer-jobs.ts';
import { drawSheets } from './draw-sheets.ts';

/** The thread in which documents are drawn. */
answerJobs(drawSheets);
